using System.Text;

namespace Selvedge.Server.Answers;

/// <summary>Text for header values.</summary>
internal static class HeaderText
{
    /// <summary>A path as a header value: characters outside visible ASCII are percent-encoded, the rest stays as it is.</summary>
    public static string EncodePath(string path)
    {
        if (!path.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return path;
        }

        var text = new StringBuilder(path.Length + 16);
        foreach (var b in Encoding.UTF8.GetBytes(path))
        {
            if (b is >= (byte)'!' and <= (byte)'~')
            {
                text.Append((char)b);
            }
            else
            {
                text.Append('%').Append(b.ToString("X2"));
            }
        }

        return text.ToString();
    }

    /// <summary>
    /// Any text as a header value. Header values travel as Latin-1 here, so that bytes pass through unchanged; text of our own
    /// goes out as the bytes of its UTF-8.
    /// </summary>
    public static string ToWire(string value) =>
        Ascii.IsValid(value) ? value : Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(value));
}
