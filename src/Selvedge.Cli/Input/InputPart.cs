namespace Selvedge.Cli.Input;

/// <summary>A part of what is to be appended: a body of its own.</summary>
/// <param name="Content">Its bytes; good until the next part is asked for.</param>
/// <param name="IsLast">Whether it is known that no other follows.</param>
/// <param name="Fault">Why there is no such part: what is wrong with the input, one sentence.</param>
internal readonly record struct InputPart(ReadOnlyMemory<byte> Content, bool IsLast, string? Fault)
{
    /// <summary>A part that others may follow.</summary>
    public static InputPart Of(ReadOnlyMemory<byte> content) => new(content, IsLast: false, Fault: null);

    /// <summary>The last part.</summary>
    public static InputPart Last(ReadOnlyMemory<byte> content) => new(content, IsLast: true, Fault: null);

    /// <summary>What is said instead of a part.</summary>
    public static InputPart Bad(string fault) => new(default, IsLast: true, fault);
}
