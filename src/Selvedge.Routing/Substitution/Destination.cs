namespace Selvedge.Routing.Substitution;

/// <summary>A route's <c>dest</c>, compiled.</summary>
/// <param name="Path">The path, or for another origin everything before the question mark.</param>
/// <param name="Query">The query, or <see langword="null"/> if it has none.</param>
/// <param name="IsExternal">Whether it is the URL of another origin.</param>
internal sealed record Destination(Template Path, Template? Query, bool IsExternal)
{
    /// <summary>Reads a <c>dest</c>. A fragment is left out: it never reaches a server.</summary>
    public static Destination Parse(string text, CaptureNames names)
    {
        var fragment = text.IndexOf('#');
        if (fragment >= 0)
            text = text[..fragment];
        var question = text.IndexOf('?');
        var path = Template.Parse(question < 0 ? text : text[..question], names);
        var query = question < 0 ? null : Template.Parse(text[(question + 1)..], names);
        return new Destination(path, query, ExternalUrl.IsAbsolute(path.LeadingText));
    }
}
