using System.Text;
using Selvedge.Server.Answers;

namespace Selvedge.Server.Proxy;

/// <summary>Finds interim responses before the one that counts (RFC 9112 section 4).</summary>
/// <param name="interim">Who is to be shown them.</param>
internal sealed class InterimHeads(InterimResponses interim)
{
    // More is nothing that a hint needs.
    private const int LargestHead = 16 * 1024;

    // Where the status of "HTTP/1.1 103 Early Hints" begins, and where it ends.
    private const int StatusAt = 9;
    private const int StatusEnd = 12;

    private readonly List<byte> _received = [];

    /// <summary>Takes what has been received.</summary>
    /// <returns><see langword="false"/> once the response that counts has begun: what follows is of no interest.</returns>
    public bool Add(ReadOnlySpan<byte> bytes)
    {
        _received.AddRange(bytes);
        var rest = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_received);
        while (rest.Length >= StatusEnd)
        {
            var status = StatusOf(rest);
            if (status is < 100 or 101 or >= 200)
            {
                return false;
            }

            var end = rest.IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                break;
            }

            interim.Send(status, FieldsOf(rest[..(end + 2)]));
            rest = rest[(end + 4)..];
        }

        _received.RemoveRange(0, _received.Count - rest.Length);
        return _received.Count <= LargestHead;
    }

    private static int StatusOf(ReadOnlySpan<byte> head) =>
        head.StartsWith("HTTP/1."u8) && int.TryParse(head[StatusAt..StatusEnd], out var status) ? status : 0;

    private static List<KeyValuePair<string, string>> FieldsOf(ReadOnlySpan<byte> head)
    {
        var fields = new List<KeyValuePair<string, string>>();
        // What is malformed is not passed on: another reader might see something else in it.
        var lines = Encoding.Latin1.GetString(head).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':');
            if (colon > 0 && line.AsSpan(0, colon).IndexOfAny(" \t") < 0 && line.AsSpan().IndexOfAny('\r', '\n', '\0') < 0)
            {
                fields.Add(new(line[..colon], line[(colon + 1)..].Trim(' ', '\t')));
            }
        }

        return fields;
    }
}
