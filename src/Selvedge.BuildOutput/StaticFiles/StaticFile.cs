namespace Selvedge.BuildOutput.StaticFiles;

/// <summary>A static file that has been found and not yet read.</summary>
/// <param name="OutputPath">Where it is served, beginning with <c>/</c>.</param>
/// <param name="RealPath">The file.</param>
/// <param name="Name">Its name in faults: its path in the output.</param>
/// <param name="ContentType">Its media type.</param>
internal sealed record StaticFile(string OutputPath, string RealPath, string Name, string ContentType);
