using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Selvedge.Streams.Protocol;

namespace Selvedge.Server.Streams.Edge;

/// <summary>What a GET asks of a stream, as its query says it. Parameters that are not known here mean nothing.</summary>
/// <param name="Live">Which way it follows the stream.</param>
/// <param name="From">Where it begins.</param>
/// <param name="Cursor">The cursor of the client's last answer, if it sent one.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ReadRequest(LiveMode Live, ReadFrom From, string? Cursor)
{
    private const string LiveParameter = "live";
    private const string OffsetParameter = "offset";
    private const string CursorParameter = "cursor";

    /// <summary>Whether a query asks for server-sent events, right or wrong otherwise.</summary>
    public static bool IsSse(QueryString query) => Find(query, LiveParameter, out _) == "sse";

    /// <summary>Understands a query, or says what is wrong with it.</summary>
    public static StreamError? Parse(QueryString query, out ReadRequest request)
    {
        request = default;
        var offset = Find(query, OffsetParameter, out var offsets);
        var from = default(ReadFrom);
        if (offsets > 1 || (offset is not null && !ReadFrom.TryParse(offset, out from)))
            return StreamError.InvalidOffset;
        var live = Find(query, LiveParameter, out _);
        if (live is not null && offset is null)
            return StreamError.OffsetRequired;
        LiveMode? mode = live switch
        {
            null => LiveMode.None,
            "long-poll" => LiveMode.LongPoll,
            "sse" => LiveMode.Sse,
            _ => null,
        };
        if (mode is null)
            return StreamError.InvalidLive;
        request = new ReadRequest(mode.Value, from, Find(query, CursorParameter, out _));
        return null;
    }

    /// <summary>The value of a parameter; several are joined by commas, so that they are none of those that are known.</summary>
    private static string? Find(QueryString query, string parameter, out int count)
    {
        count = 0;
        string? found = null;
        foreach (var pair in new QueryStringEnumerable(query.Value))
        {
            if (!pair.DecodeName().Span.Equals(parameter, StringComparison.OrdinalIgnoreCase))
                continue;
            var value = pair.DecodeValue().Span;
            found = ++count == 1 ? Known(value) ?? value.ToString() : $"{found},{value}";
        }

        return found;
    }

    // What most readers send is not made into a string for each of them.
    private static string? Known(ReadOnlySpan<char> value) =>
        value switch
        {
            "sse" => "sse",
            "long-poll" => "long-poll",
            "-1" => "-1",
            "now" => "now",
            "" => "",
            _ => null,
        };
}
