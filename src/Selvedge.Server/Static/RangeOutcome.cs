namespace Selvedge.Server.Static;

/// <summary>What a <c>Range</c> header asks of a file.</summary>
internal enum RangeOutcome
{
    /// <summary>The whole file: no range was asked for, or one that may be ignored.</summary>
    Whole,

    /// <summary>One part: 206.</summary>
    Part,

    /// <summary>Nothing the file has: 416.</summary>
    Unsatisfiable,
}
