using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Selvedge.Caching.Policy;
using Selvedge.Testing;

namespace Selvedge.Caching.Tests;

/// <summary>A cache with a manual clock in front of a scripted origin.</summary>
internal sealed class CacheHarness : IDisposable
{
    public CacheHarness(ScriptedOrigin origin, CacheOptions? options = null)
    {
        Origin = origin;
        Cache = new HttpCache(options ?? new CacheOptions(), Clock, new TestMeters(), NullLogger<HttpCache>.Instance);
    }

    public ManualClock Clock { get; } = new(timestampFrequency: ManualClock.OddFrequency);

    public ScriptedOrigin Origin { get; }

    public HttpCache Cache { get; }

    public HttpPolicyOptions Rules { get; init; } = HttpPolicyOptions.External;

    /// <summary>Whether the requests to come may wait for the fetches of others.</summary>
    public bool MayWait { get; set; } = true;

    public Task<CacheAnswer> AskAsync(params (string Name, string Value)[] fields) => AskAsync("GET", "/", default, fields);

    public Task<CacheAnswer> AskAsync(CancellationToken cancellationToken) => AskAsync("GET", "/", cancellationToken);

    public Task<CacheAnswer> AskAsync(
        string method,
        string key,
        CancellationToken cancellationToken = default,
        params (string Name, string Value)[] fields
    )
    {
        var request = new RequestFields(fields);
        return Cache
            .AnswerAsync(
                new CacheRequest
                {
                    Key = key,
                    Target = "t",
                    Method = method,
                    Fields = request,
                    Policy = new HttpPolicy(Rules),
                    Origin = Origin.For(request),
                    MayWait = MayWait,
                },
                cancellationToken
            )
            .AsTask();
    }

    /// <summary>Asks, and reads the answer to its end.</summary>
    public async Task<string> ReadAsync(params (string Name, string Value)[] fields) => await TextAsync(await AskAsync(fields));

    /// <summary>The whole body of an answer.</summary>
    public static async Task<string> TextAsync(CacheAnswer answer)
    {
        await using (answer)
        {
            if (answer.Reply is { } reply)
            {
                using var text = new StreamReader(reply.Body);
                return await text.ReadToEndAsync();
            }

            var body = new MemoryStream();
            using var reader = answer.Stored!.Body.Read();
            while (await reader.ReadAsync(CancellationToken.None) is { IsEmpty: false } piece)
            {
                body.Write(piece.Span);
            }

            return Encoding.UTF8.GetString(body.ToArray());
        }
    }

    public void Dispose() => Cache.Dispose();
}
