using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Selvedge.Benchmarks.Crowds;

/// <summary>A crowd for scripts: orders come as lines of JSON, and each is answered by one.</summary>
/// <remarks>
/// <code>
/// {"open": 1000, "port": 3000}                          connections, in place of those before
/// {"ask": "/page", "patience": 60000, "leaves": 300}    one request on each; times in milliseconds, "leaves" may be missing
/// </code>
/// The answer to the latter: <c>began</c> (Unix time), <c>processor</c> (what the crowd itself cost), <c>bodies</c> (each different
/// one: <c>length</c>, <c>sha256</c>, and <c>text</c> if it is short) and <c>answers</c>, one a connection: status (0 if the answer is
/// not whole), when its body began and when it was whole in milliseconds since <c>began</c>, and the index of its body.
/// </remarks>
internal static class CrowdCommand
{
    private const int ShortBody = 1024;
    private const int MostBodies = 32;

    public static async Task RunAsync(TextReader input, TextWriter output)
    {
        Crowd? crowd = null;
        try
        {
            while (await input.ReadLineAsync() is { } line)
            {
                var order = JsonNode.Parse(line)!;
                if (order["open"]?.GetValue<int>() is { } count)
                {
                    crowd?.Dispose();
                    crowd = new Crowd(order["port"]!.GetValue<int>(), count);
                    await output.WriteLineAsync("{}");
                }
                else
                {
                    await output.WriteLineAsync(Ask(crowd!, order));
                }

                await output.FlushAsync();
            }
        }
        finally
        {
            crowd?.Dispose();
        }
    }

    private static string Ask(Crowd crowd, JsonNode order)
    {
        var leaves = order["leaves"]?.GetValue<double>();
        crowd.Ask(
            order["ask"]!.GetValue<string>(),
            TimeSpan.FromMilliseconds(order["patience"]!.GetValue<double>()),
            leaves is null ? null : TimeSpan.FromMilliseconds(leaves.Value)
        );
        var began = (TimeProvider.System.GetUtcNow() - Stopwatch.GetElapsedTime(crowd.BeganAt)).ToUnixTimeMilliseconds();
        var bodies = new List<byte[]>();
        using var text = new MemoryStream();
        using var json = new Utf8JsonWriter(text);
        json.WriteStartObject();
        json.WriteNumber("began", began);
        json.WriteNumber("processor", crowd.ProcessorTime.TotalMilliseconds);
        json.WriteStartArray("answers");
        foreach (var client in crowd.Clients)
        {
            Write(json, client, crowd.BeganAt, bodies);
        }

        json.WriteEndArray();
        json.WriteStartArray("bodies");
        foreach (var body in bodies)
        {
            json.WriteStartObject();
            json.WriteNumber("length", body.Length);
            json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(body)));
            json.WriteString("text", body.Length <= ShortBody ? Encoding.Latin1.GetString(body) : null);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(text.ToArray());
    }

    private static void Write(Utf8JsonWriter json, CrowdClient client, long beganAt, List<byte[]> bodies)
    {
        // Every answer is read to its end here, when all of them are there.
        var body = client.IsWhole ? AnswerText.BodyOf(client.Answer, client.BodyAt) : null;
        json.WriteStartArray();
        json.WriteNumberValue(body is null ? 0 : AnswerText.StatusOf(client.Answer));
        json.WriteNumberValue(Milliseconds(beganAt, client.FirstAt));
        json.WriteNumberValue(Milliseconds(beganAt, client.LastAt));
        json.WriteNumberValue(body is null ? -1 : IndexOf(bodies, body));
        json.WriteEndArray();
    }

    private static int IndexOf(List<byte[]> bodies, byte[] body)
    {
        var index = bodies.FindIndex(other => other.AsSpan().SequenceEqual(body));
        if (index < 0 && bodies.Count < MostBodies)
        {
            bodies.Add(body);
            index = bodies.Count - 1;
        }

        return index;
    }

    private static double Milliseconds(long beganAt, long at) =>
        at == 0 ? -1 : Math.Round(Stopwatch.GetElapsedTime(beganAt, at).TotalMilliseconds, 3);
}
