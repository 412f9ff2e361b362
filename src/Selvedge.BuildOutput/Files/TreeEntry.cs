namespace Selvedge.BuildOutput.Files;

/// <summary>Something in a tree.</summary>
/// <param name="Path">Where it is, relative to the tree, with <c>/</c> between names.</param>
/// <param name="RealPath">What it is: an absolute path without links.</param>
/// <param name="IsDirectory">Whether it is a directory rather than a regular file.</param>
internal readonly record struct TreeEntry(string Path, string RealPath, bool IsDirectory);
