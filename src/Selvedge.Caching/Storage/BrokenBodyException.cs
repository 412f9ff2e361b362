namespace Selvedge.Caching.Storage;

/// <summary>A body ends before its end: its origin broke off, or its reader fell too far behind one that is not kept whole.</summary>
public sealed class BrokenBodyException : IOException
{
    /// <summary>Says why.</summary>
    public BrokenBodyException(string message, Exception? innerException = null)
        : base(message, innerException) { }
}
