namespace Selvedge.BuildOutput;

/// <summary>The files of a function, ready to run. One process serves every output that shares it.</summary>
public sealed class FunctionBundle
{
    /// <summary>The path of its <c>.func</c> directory under <c>functions</c>, without that suffix: <c>api/items/[id]</c>.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Where it runs, absolute: in place, or a staged copy when its configuration maps files of the project into it.
    /// </summary>
    public required string Directory { get; init; }

    /// <summary>How it runs.</summary>
    public required FunctionConfig Config { get; init; }
}
