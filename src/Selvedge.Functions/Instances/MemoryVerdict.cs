namespace Selvedge.Functions.Instances;

/// <summary>What is done about the memory that an instance holds.</summary>
internal enum MemoryVerdict
{
    /// <summary>It is within its limit.</summary>
    Fine,

    /// <summary>It takes no more requests, and ends when those it has are done.</summary>
    Replace,

    /// <summary>It grows faster than its requests end, and is killed before it harms the machine.</summary>
    Kill,
}
