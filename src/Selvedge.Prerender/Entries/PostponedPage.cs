using Microsoft.Net.Http.Headers;
using Selvedge.Caching.Fields;
using Selvedge.Caching.Origins;

namespace Selvedge.Prerender.Entries;

/// <summary>
/// Takes a partial prerender apart: <c>application/x-nextjs-pre-render; state-length=N; origin="text/html"</c> is N bytes of the state that
/// its function needs to complete the page, and then the shell, whose type is the origin's.
/// </summary>
internal static class PostponedPage
{
    /// <summary>More than a shell's state needs, and less than would hurt.</summary>
    private const int MaxStateLength = 16 * 1024 * 1024;

    private const string MediaType = "application/x-nextjs-pre-render";

    /// <summary>Whether a content type is that of a partial prerender, and what it says.</summary>
    /// <param name="contentType">The content type.</param>
    /// <param name="stateLength">The length of the state, in bytes.</param>
    /// <param name="origin">The type of the shell.</param>
    public static bool TryParse(string? contentType, out int stateLength, out string origin)
    {
        (stateLength, origin) = (0, "");
        if (
            contentType is null
            || !contentType.StartsWith(MediaType, StringComparison.OrdinalIgnoreCase)
            || !MediaTypeHeaderValue.TryParse(contentType, out var parsed)
        )
        {
            return false;
        }

        foreach (var parameter in parsed.Parameters)
        {
            if (parameter.Name.Equals("state-length", StringComparison.OrdinalIgnoreCase))
            {
                _ = int.TryParse(parameter.Value, out stateLength);
            }
            else if (parameter.Name.Equals("origin", StringComparison.OrdinalIgnoreCase))
            {
                origin = HeaderUtilities.UnescapeAsQuotedString(parameter.Value).ToString();
            }
        }

        return stateLength is > 0 and <= MaxStateLength && origin.Length > 0;
    }

    /// <summary>Reads the state off a reply, so that what is left of it is the shell.</summary>
    /// <returns>The shell and its state, or the reply as it is if it is no partial prerender.</returns>
    /// <exception cref="EndOfStreamException">The state is not whole.</exception>
    public static async ValueTask<(OriginReply Shell, ReadOnlyMemory<byte>? State)> SplitAsync(
        OriginReply reply,
        CancellationToken cancellationToken
    )
    {
        if (!TryParse(FieldLines.Combined(reply.Fields, "content-type"), out var length, out var origin))
        {
            return (reply, null);
        }

        var state = new byte[length];
        await reply.Body.ReadExactlyAsync(state, cancellationToken);
        var shell = new OriginReply(reply)
        {
            Status = reply.Status,
            Fields = WithType(reply.Fields, origin),
            Body = reply.Body,
            ContentLength = reply.ContentLength - length,
        };
        return (shell, state);
    }

    /// <summary>The fields of a shell: of its own type, and without what speaks of the two halves together.</summary>
    public static List<KeyValuePair<string, string>> WithType(IReadOnlyList<KeyValuePair<string, string>> fields, string type) =>
        [.. fields.Where(field => !IsOfTheWhole(field.Key)), new("content-type", type)];

    private static bool IsOfTheWhole(string name) =>
        name.Equals("content-type", StringComparison.OrdinalIgnoreCase)
        || name.Equals("content-length", StringComparison.OrdinalIgnoreCase)
        || name.Equals("etag", StringComparison.OrdinalIgnoreCase);
}
