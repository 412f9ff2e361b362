namespace Selvedge.Routing.Substitution;

/// <summary>A piece of a <see cref="Template"/>.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Text">The text of a literal, or the name of a condition's capture.</param>
/// <param name="Group">The number of a group; for a condition's capture the group of the same name, or -1.</param>
internal readonly record struct TemplatePart(TemplatePartKind Kind, string Text, int Group);
