namespace Selvedge.Caching.Fields;

/// <summary>What a member of a structured dictionary holds, as far as cache directives care.</summary>
internal enum StructuredKind
{
    /// <summary>A token, decimal, byte sequence or list: well-formed, and no value any cache directive takes.</summary>
    Other,

    /// <summary>A Boolean; a member without value is true.</summary>
    Boolean,

    /// <summary>An integer of up to 15 digits.</summary>
    Integer,

    /// <summary>A quoted string.</summary>
    Text,
}
