namespace Selvedge.Streams.Access;

/// <summary>What a token lets its bearer do. Each scope includes those before it.</summary>
public enum AccessScope
{
    /// <summary>Read streams.</summary>
    Read,

    /// <summary>Also make, fill, close and delete them, and follow them by subscriptions and estuaries.</summary>
    Write,

    /// <summary>Also change the project's own configuration.</summary>
    Manage,
}
