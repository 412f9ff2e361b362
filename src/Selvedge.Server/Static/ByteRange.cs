using Microsoft.AspNetCore.Http.Headers;

namespace Selvedge.Server.Static;

/// <summary>The part of a file to send.</summary>
/// <param name="Start">First byte.</param>
/// <param name="Length">Number of bytes, at least one.</param>
internal readonly record struct ByteRange(long Start, long Length)
{
    /// <summary>Resolves a request's <c>Range</c> against a file (RFC 9110 section 14.2).</summary>
    /// <param name="request">The request's headers.</param>
    /// <param name="fileLength">The file's length in bytes.</param>
    /// <param name="range">The single range to send with 206.</param>
    /// <returns>
    /// Whether the range can be met. <see cref="RangeOutcome.Whole"/> also for several ranges: a server may ignore <c>Range</c>,
    /// and multipart answers have served attackers better than readers.
    /// </returns>
    public static RangeOutcome Resolve(RequestHeaders request, long fileLength, out ByteRange range)
    {
        range = default;
        if (request.Range is not { Ranges.Count: 1 } header || !header.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase))
        {
            return RangeOutcome.Whole;
        }

        var asked = header.Ranges.First();
        if (asked.From is { } from)
        {
            if (from >= fileLength)
            {
                return RangeOutcome.Unsatisfiable;
            }

            var to = Math.Min(asked.To ?? long.MaxValue, fileLength - 1);
            range = new ByteRange(from, to - from + 1);
            return RangeOutcome.Part;
        }

        var suffix = Math.Min(asked.To ?? 0, fileLength);
        if (suffix == 0)
        {
            return RangeOutcome.Unsatisfiable;
        }

        range = new ByteRange(fileLength - suffix, suffix);
        return RangeOutcome.Part;
    }
}
