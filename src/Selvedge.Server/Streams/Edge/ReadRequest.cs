using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
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

    /// <summary>Whether a query asks for server-sent events, right or wrong otherwise.</summary>
    public static bool IsSse(IQueryCollection query) => query[LiveParameter] == "sse";

    /// <summary>Understands a query, or says what is wrong with it.</summary>
    public static StreamError? Parse(IQueryCollection query, out ReadRequest request)
    {
        request = default;
        var offsets = query["offset"];
        var from = default(ReadFrom);
        if (offsets.Count > 1 || (offsets.Count == 1 && !ReadFrom.TryParse(offsets[0] ?? "", out from)))
            return StreamError.InvalidOffset;
        string? live = query[LiveParameter];
        if (live is not null && offsets.Count == 0)
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
        request = new ReadRequest(mode.Value, from, query["cursor"]);
        return null;
    }
}
