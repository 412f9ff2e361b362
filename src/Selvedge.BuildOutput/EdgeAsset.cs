namespace Selvedge.BuildOutput;

/// <summary>A file that an edge function asks for by name.</summary>
/// <param name="Name">The name it uses, as in <c>fetch("blob:name")</c>.</param>
/// <param name="Path">The file, relative to the bundle's directory and inside it.</param>
public sealed record EdgeAsset(string Name, string Path);
