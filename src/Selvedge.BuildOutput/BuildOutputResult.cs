namespace Selvedge.BuildOutput;

/// <summary>What reading a build output gave: a deployment, or everything that is wrong with it.</summary>
public sealed record BuildOutputResult
{
    /// <summary>The deployment; <see langword="null"/> if there is any fault.</summary>
    public Deployment? Deployment { get; init; }

    /// <summary>What is wrong, in the order it was found; empty if there is a deployment.</summary>
    public IReadOnlyList<BuildOutputFault> Faults { get; init; } = [];
}
