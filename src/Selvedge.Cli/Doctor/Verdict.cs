namespace Selvedge.Cli.Doctor;

/// <summary>How a check went.</summary>
internal enum Verdict
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>It works, and could be better.</summary>
    Warning,

    /// <summary>A server started here would not work as it is asked to.</summary>
    Fault,
}
