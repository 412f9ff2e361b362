using System.Globalization;

namespace Selvedge.Streams.Protocol;

/// <summary>Who says it wrote an append, and as which one: the three <c>Producer-*</c> headers.</summary>
public readonly record struct ProducerClaim(string Id, long Epoch, long Sequence)
{
    /// <summary>The largest epoch and sequence: what JavaScript can hold.</summary>
    public const long MaxNumber = (1L << 53) - 1;

    /// <summary>The longest producer id, in characters.</summary>
    public const int MaxIdLength = 256;

    /// <summary>Understands the headers, of which all or none must be there.</summary>
    /// <param name="id">The <c>Producer-Id</c> header, null when absent.</param>
    /// <param name="epoch">The <c>Producer-Epoch</c> header.</param>
    /// <param name="sequence">The <c>Producer-Seq</c> header.</param>
    /// <param name="claim">The claim, null when no header was sent.</param>
    /// <param name="fault">What is wrong with them, for the client to read; null when nothing is.</param>
    public static bool TryParse(string? id, string? epoch, string? sequence, out ProducerClaim? claim, out string? fault)
    {
        claim = null;
        fault = null;
        if (id is null && epoch is null && sequence is null)
            return true;

        if (id is null || epoch is null || sequence is null)
            fault = "Producer-Id, Producer-Epoch and Producer-Seq must be sent together.";
        else if (id.Length is 0 or > MaxIdLength)
            fault = $"Producer-Id must have 1 to {MaxIdLength} characters.";
        else if (!TryParseNumber(epoch, out var epochNumber))
            fault = "Producer-Epoch must be an integer from 0 to 2^53-1.";
        else if (!TryParseNumber(sequence, out var sequenceNumber))
            fault = "Producer-Seq must be an integer from 0 to 2^53-1.";
        else
            claim = new ProducerClaim(id, epochNumber, sequenceNumber);
        return fault is null;
    }

    private static bool TryParseNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= MaxNumber;
}
