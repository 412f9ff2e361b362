using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Selvedge.Streams.Protocol;

namespace Selvedge.Server.Streams;

/// <summary>Answers with a JSON object.</summary>
internal static class JsonAnswer
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the object whose members <paramref name="write"/> adds.</summary>
    public static async Task WriteAsync(HttpResponse response, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        using var body = new PooledBuffer();
        await using (var json = new Utf8JsonWriter(body, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        response.ContentType ??= "application/json";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body.Written, cancellationToken);
    }
}
