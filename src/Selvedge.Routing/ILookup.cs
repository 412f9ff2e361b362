namespace Selvedge.Routing;

/// <summary>Says what exists in a deployment: the "filesystem" of the platform's routing.</summary>
public interface ILookup
{
    /// <summary>Finds the output that a path leads to.</summary>
    /// <param name="path">
    /// A path without query, beginning with <c>/</c>, as encoded as the client or a route's <c>dest</c> left it. The lookup
    /// decodes it, ignores one trailing slash and tries the index forms.
    /// </param>
    /// <returns>What is there, or <see langword="null"/>. A path that cannot be decoded finds nothing.</returns>
    RouteTarget? Find(string path);
}
