using System.Buffers;
using System.Globalization;
using System.Text;

namespace Selvedge.Functions.Invocations;

/// <summary>Makes a request target that is sent exactly as it is given.</summary>
internal static class RequestTarget
{
    private static readonly SearchValues<char> Sendable = SearchValues.Create(
        string.Concat(Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code))
    );

    // A URI that is put in normal form would show the function another path than the client's: dots folded, escapes changed.
    private static readonly UriCreationOptions AsIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Makes the URI of a target. What could break the request line is percent-encoded, as UTF-8.</summary>
    public static bool TryCreate(string target, out Uri? uri)
    {
        var sendable = target.AsSpan().ContainsAnyExcept(Sendable) ? Encode(target) : target;
        var separator = sendable.StartsWith('/') ? "" : "/";
        return Uri.TryCreate($"http://localhost{separator}{sendable}", AsIs, out uri);
    }

    private static string Encode(string target)
    {
        var encoded = new StringBuilder(target.Length + 16);
        foreach (var value in Encoding.UTF8.GetBytes(target))
        {
            if (Sendable.Contains((char)value))
            {
                encoded.Append((char)value);
            }
            else
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
            }
        }

        return encoded.ToString();
    }
}
