using System.Text;

namespace Selvedge.Routing.Substitution;

/// <summary>A text of a route in which <c>$1</c>, <c>$name</c> and the like stand for captures. Read once, filled in for each request.</summary>
/// <remarks>
/// What is filled in is never read again for a <c>$</c>: a client's path cannot name another capture. A group that took no part is
/// empty; a token that names nothing is itself.
/// </remarks>
internal sealed class Template
{
    private readonly TemplatePart[] _parts;

    private Template(TemplatePart[] parts) => _parts = parts;

    /// <summary>Whether any part is a capture.</summary>
    public bool HasCaptures => Array.Exists(_parts, static part => part.Kind != TemplatePartKind.Literal);

    /// <summary>Whether any part needs the groups of the path's pattern.</summary>
    public bool UsesGroups => Array.Exists(_parts, static part => part.Group >= 0);

    /// <summary>The names of conditions' captures that it uses.</summary>
    public IEnumerable<string> ConditionNames =>
        _parts.Where(static part => part.Kind == TemplatePartKind.Condition).Select(static part => part.Text);

    /// <summary>The text it begins with, as far as that is fixed.</summary>
    public string LeadingText => _parts is [{ Kind: TemplatePartKind.Literal, Text: var text }, ..] ? text : "";

    /// <summary>Reads a text.</summary>
    public static Template Parse(string text, CaptureNames names)
    {
        var parts = new List<TemplatePart>();
        var literal = new StringBuilder();
        var position = 0;
        while (position < text.Length)
        {
            var c = text[position++];
            if (c != '$')
                literal.Append(c);
            else if (TemplateToken.Read(text, ref position, names) is not { } token)
                literal.Append('$');
            else if (token.Kind == TemplatePartKind.Literal)
                literal.Append(token.Text);
            else
                Add(token);
        }

        Flush();
        return new Template([.. parts]);

        void Add(TemplatePart part)
        {
            Flush();
            parts.Add(part);
        }

        void Flush()
        {
            if (literal.Length > 0)
                parts.Add(new TemplatePart(TemplatePartKind.Literal, literal.ToString(), Group: -1));
            literal.Clear();
        }
    }

    /// <summary>Fills it in.</summary>
    /// <param name="scope">The captures.</param>
    /// <param name="position">Where the text will stand. What the template itself says is never encoded.</param>
    public string Fill(CaptureScope scope, TextPosition position)
    {
        if (_parts.Length == 0)
            return "";
        if (_parts is [{ Kind: TemplatePartKind.Literal, Text: var text }])
            return text;

        var output = new StringBuilder();
        foreach (var part in _parts)
        {
            switch (part.Kind)
            {
                case TemplatePartKind.Literal:
                    output.Append(part.Text);
                    break;
                case TemplatePartKind.Wildcard:
                    output.Append(scope.Wildcard);
                    break;
                case TemplatePartKind.Condition when scope.Condition(part.Text) is { } captured:
                    UrlText.Append(output, captured, position, isEncoded: false);
                    break;
                default:
                    if (part.Group >= 0)
                        UrlText.Append(output, scope.Path.Group(part.Group), position, isEncoded: true);
                    break;
            }
        }

        return output.ToString();
    }
}
