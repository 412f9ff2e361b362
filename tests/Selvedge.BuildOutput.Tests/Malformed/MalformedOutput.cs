namespace Selvedge.BuildOutput.Tests.Malformed;

/// <summary>A way to spoil a sound output, and the fault it must bring.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Spoil">Spoils it.</param>
/// <param name="File">The file that the fault must name.</param>
/// <param name="Key">What the fault's key must begin with; empty if the fault must name no key.</param>
internal sealed record MalformedOutput(string Name, Action<OutputBuilder> Spoil, string File, string Key = "");
