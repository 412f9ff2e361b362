namespace Selvedge.Benchmarks.Streams;

/// <summary>What writers got in a while.</summary>
/// <param name="Appends">Durable appends a second.</param>
/// <param name="Groups">Flushes a second.</param>
/// <param name="Batch">Records to a flush.</param>
/// <param name="Flushing">The part of the time in which a group is being written and flushed.</param>
/// <param name="Processor">Microseconds of processor time an append took, writers included.</param>
internal readonly record struct EngineRate(double Appends, double Groups, double Batch, double Flushing, double Processor);
