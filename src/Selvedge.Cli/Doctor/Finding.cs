namespace Selvedge.Cli.Doctor;

/// <summary>What a check has found.</summary>
/// <param name="Check">What was looked at: <c>node</c>, <c>memory</c>.</param>
/// <param name="Verdict">How it is.</param>
/// <param name="Message">What is there, and what to do if that is not enough.</param>
internal sealed record Finding(string Check, Verdict Verdict, string Message)
{
    public static Finding Ok(string check, string message) => new(check, Verdict.Ok, message);

    public static Finding Warning(string check, string message) => new(check, Verdict.Warning, message);

    public static Finding Fault(string check, string message) => new(check, Verdict.Fault, message);
}
