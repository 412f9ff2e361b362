namespace Selvedge.Routing.Substitution;

/// <summary>A route's <c>dest</c>, compiled.</summary>
/// <param name="Origin">The scheme and host of another origin; <see langword="null"/> for a path of this deployment.</param>
/// <param name="Path">The path.</param>
/// <param name="Query">The query, or <see langword="null"/> if it has none.</param>
internal sealed record Destination(Template? Origin, Template Path, Template? Query)
{
    /// <summary>Whether it is the URL of another origin.</summary>
    public bool IsExternal => Origin is not null;

    /// <summary>The text it begins with, as far as that is fixed.</summary>
    public string LeadingText => (Origin ?? Path).LeadingText;

    /// <summary>All its texts in which a <c>$</c> counts.</summary>
    public IEnumerable<Template> Templates => new[] { Origin, Path, Query }.OfType<Template>();

    /// <summary>Reads a <c>dest</c>. A fragment is left out: it never reaches a server.</summary>
    public static Destination Parse(string text, CaptureNames names)
    {
        var fragment = text.IndexOf('#');
        if (fragment >= 0)
            text = text[..fragment];
        var question = text.IndexOf('?');
        var query = question < 0 ? null : Template.Parse(text[(question + 1)..], names);
        if (question >= 0)
            text = text[..question];

        // A variable may make it a URL: $ORIGIN/api/$1.
        var path = Template.Parse(text, names);
        if (!ExternalUrl.IsAbsolute(path.LeadingText))
            return new Destination(Origin: null, path, query);

        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var slash = text.IndexOf('/', scheme < 0 ? 0 : scheme + 3);
        return slash < 0
            ? new Destination(path, Template.Parse("", names), query)
            : new Destination(Template.Parse(text[..slash], names), Template.Parse(text[slash..], names), query);
    }

    /// <summary>Fills in everything before the query.</summary>
    public string Fill(CaptureScope captures) =>
        Origin is null
            ? Path.Fill(captures, TextPosition.Path)
            : Origin.Fill(captures, TextPosition.Host) + Path.Fill(captures, TextPosition.Path);
}
