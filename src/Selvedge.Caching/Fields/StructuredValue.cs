namespace Selvedge.Caching.Fields;

/// <summary>The value of one member of a structured dictionary; <paramref name="Kind"/> says which of the others counts.</summary>
internal readonly record struct StructuredValue(StructuredKind Kind, bool Boolean = false, long Integer = 0, string Text = "");
