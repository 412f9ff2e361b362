namespace Selvedge.Cli.Remote;

/// <summary>A stream in a list.</summary>
/// <param name="Name">Its name within its project.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="ContentType">Their type.</param>
/// <param name="Closed">Whether nothing more will be added.</param>
internal sealed record ListedStream(string Name, long Length, string ContentType, bool Closed);
