namespace Selvedge.Caching.Fields;

/// <summary>The header fields of a request as its origin would see them.</summary>
public interface IRequestFields
{
    /// <summary>The field's lines joined as a list (RFC 9110 section 5.3), or <see langword="null"/> if the request lacks it.</summary>
    string? Get(string name);
}
