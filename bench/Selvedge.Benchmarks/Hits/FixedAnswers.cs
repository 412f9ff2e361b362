using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Selvedge.Benchmarks.Hits;

/// <summary>Answers <c>/1k</c> and <c>/64k</c> with a body that never changes.</summary>
/// <param name="asCache">Whether with the header lines of a hit, or with those that a cache gets from its origin.</param>
internal sealed class FixedAnswers(bool asCache) : IHttpApplication<IFeatureCollection>
{
    private readonly byte[] _small = Body(1024);
    private readonly byte[] _large = Body(64 * 1024);

    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    public void DisposeContext(IFeatureCollection context, Exception? exception) { }

    public Task ProcessRequestAsync(IFeatureCollection context)
    {
        var isLarge = context.GetRequiredFeature<IHttpRequestFeature>().Path == "/64k";
        var body = isLarge ? _large : _small;
        var headers = context.GetRequiredFeature<IHttpResponseFeature>().Headers;
        headers.CacheControl = "max-age=36000";
        headers.ContentType = "text/plain";
        headers.ETag = "\"1\"";
        if (asCache)
        {
            headers.Server = "Selvedge";
            headers["x-vercel-id"] = "dev1::0123456789-1a2b3c4d";
            headers.Date = "Fri, 20 Nov 2026 12:00:00 GMT";
            headers.Age = "30";
            headers["x-vercel-cache"] = "HIT";
            headers["Cache-Status"] = "Selvedge; hit; ttl=35970";
        }

        headers.ContentLength = body.Length;
        return WriteAsync(context.GetRequiredFeature<IHttpResponseBodyFeature>(), body);
    }

    private static async Task WriteAsync(IHttpResponseBodyFeature response, byte[] body) =>
        await response.Writer.WriteAsync(body, CancellationToken.None);

    private static byte[] Body(int length)
    {
        var body = new byte[length];
        body.AsSpan().Fill((byte)'x');
        return body;
    }
}
