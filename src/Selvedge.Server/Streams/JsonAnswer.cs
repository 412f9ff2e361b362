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
        Write(body, write);
        response.ContentType ??= "application/json";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body.Written, cancellationToken);
    }

    /// <summary>The object's bytes.</summary>
    public static byte[] Encode(Action<Utf8JsonWriter> write)
    {
        using var body = new PooledBuffer();
        Write(body, write);
        return body.Written.ToArray();
    }

    private static void Write(PooledBuffer body, Action<Utf8JsonWriter> write)
    {
        using var json = new Utf8JsonWriter(body, Options);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
    }
}
