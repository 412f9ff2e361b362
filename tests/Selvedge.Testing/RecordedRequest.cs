namespace Selvedge.Testing;

/// <summary>A request as a <see cref="FakeOrigin"/> received it.</summary>
/// <param name="Method">Upper case, as sent.</param>
/// <param name="Target">Path and query, undecoded.</param>
/// <param name="Headers">By name, in any case; the values of a repeated header joined by a comma.</param>
/// <param name="Body">The whole body, as UTF-8 text.</param>
public sealed record RecordedRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body);
