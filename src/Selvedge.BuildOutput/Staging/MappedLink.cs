namespace Selvedge.BuildOutput.Staging;

/// <summary>A symbolic link that a bundle shall hold, or what it leads to.</summary>
/// <param name="Path">Its path in the bundle.</param>
/// <param name="Source">The link itself, absolute; only its last name is a link.</param>
/// <param name="Text">What it says.</param>
internal sealed record MappedLink(string Path, string Source, string Text);
