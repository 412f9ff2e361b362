namespace Selvedge.Routing.Transforms;

/// <summary>What a transform may write into a header: stricter than HTTP itself, as on the platform.</summary>
internal static class TransformText
{
    /// <summary>Letters, digits, hyphen and underscore.</summary>
    public static bool IsHeaderName(string name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
                return false;
        }

        return name.Length > 0;
    }

    /// <summary>Visible ASCII and spaces, at least one.</summary>
    public static bool IsHeaderValue(string value)
    {
        foreach (var c in value)
        {
            if (c is < ' ' or > '~')
                return false;
        }

        return value.Length > 0;
    }
}
