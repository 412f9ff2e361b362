namespace Selvedge.BuildOutput;

/// <summary>Something that keeps a build output from being served.</summary>
/// <param name="File">The file or directory, relative to the output's directory; <c>.</c> for that directory itself.</param>
/// <param name="Key">Where in the file: <c>routes[3].src</c>. Empty if it is about the file as a whole.</param>
/// <param name="Message">What is wrong and what to do, one sentence.</param>
public sealed record BuildOutputFault(string File, string Key, string Message);
