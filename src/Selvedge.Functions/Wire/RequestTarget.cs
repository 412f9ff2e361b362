using System.Buffers;
using System.Text;

namespace Selvedge.Functions.Wire;

/// <summary>Writes a request target exactly as it is given, but for what could break the request line.</summary>
internal static class RequestTarget
{
    private static readonly SearchValues<char> Sendable = SearchValues.Create(
        string.Concat(Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code))
    );

    /// <summary>Writes the target. Controls, spaces and what is not ASCII are percent-encoded, as UTF-8 (RFC 3986 section 2.1).</summary>
    public static void Write(string target, ArrayBufferWriter<byte> writer)
    {
        if (!target.StartsWith('/'))
        {
            writer.Write("/"u8);
        }

        if (!target.AsSpan().ContainsAnyExcept(Sendable))
        {
            Encoding.ASCII.GetBytes(target, writer);
            return;
        }

        foreach (var value in Encoding.UTF8.GetBytes(target))
        {
            if (Sendable.Contains((char)value))
            {
                writer.Write([value]);
            }
            else
            {
                Encoding.ASCII.GetBytes($"%{value:X2}", writer);
            }
        }
    }
}
