namespace Selvedge.BuildOutput;

/// <summary>Reads a Vercel Build Output (version 3), the <c>.vercel/output</c> that <c>vercel build</c> and framework adapters write.</summary>
public static class BuildOutputReader
{
    /// <summary>Reads and checks all of it, and stages the functions that need it.</summary>
    /// <param name="options">What to read.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <returns>The deployment, or all that is wrong with it. Bad input never throws.</returns>
    public static ValueTask<BuildOutputResult> ReadAsync(BuildOutputOptions options, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Reading is not there yet.");
}
