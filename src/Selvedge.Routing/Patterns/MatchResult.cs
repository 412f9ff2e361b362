namespace Selvedge.Routing.Patterns;

/// <summary>What came of trying a pattern.</summary>
internal enum MatchResult
{
    /// <summary>It does not match.</summary>
    No,

    /// <summary>It matches.</summary>
    Yes,

    /// <summary>It took longer than it may. Nobody knows whether it matches.</summary>
    TimedOut,
}
