namespace Selvedge.BuildOutput.Files;

/// <summary>Why a path leads nowhere.</summary>
internal enum PathFault
{
    /// <summary>It does lead somewhere.</summary>
    None,

    /// <summary>Something along it does not exist.</summary>
    Missing,

    /// <summary>Its links lead in a circle, or it has too many.</summary>
    Cycle,

    /// <summary>The system does not let us look.</summary>
    Unreadable,
}
