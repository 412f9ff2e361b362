namespace Selvedge.Streams.Protocol;

/// <summary>Decides where a page of a stream ends when there is more behind it.</summary>
/// <remarks>
/// The end depends on the bytes and the page size only, so every reader of a position gets the same page for ever and a cache can keep
/// it: JSON ends behind a message, text behind a whole UTF-8 character, anything else where the page is full.
/// </remarks>
public static class PageEnd
{
    /// <summary>How many of the stored bytes the page takes.</summary>
    /// <param name="stored">A full page of stored bytes.</param>
    /// <param name="contentType">The stream's type.</param>
    /// <returns>0 when not even one JSON message fits; the page must then be made longer.</returns>
    public static int Find(ReadOnlySpan<byte> stored, string contentType)
    {
        if (MediaType.IsJson(contentType))
            return stored.LastIndexOf(JsonMessages.Separator) + 1;
        return MediaType.IsText(contentType) ? EndOfText(stored) : stored.Length;
    }

    private static int EndOfText(ReadOnlySpan<byte> text)
    {
        // A character is four bytes at most: if none of the last four begins one, the bytes are not UTF-8 and any cut is as good.
        for (var back = 1; back <= Math.Min(4, text.Length - 1); back++)
        {
            var lead = text[^back];
            if (lead < 0x80)
                return text.Length;
            if (lead >= 0xC0)
            {
                var length =
                    lead >= 0xF0 ? 4
                    : lead >= 0xE0 ? 3
                    : 2;
                return back >= length ? text.Length : text.Length - back;
            }
        }

        return text.Length;
    }
}
