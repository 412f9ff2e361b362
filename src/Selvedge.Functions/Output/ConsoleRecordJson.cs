namespace Selvedge.Functions.Output;

/// <summary>A <see cref="ConsoleRecord"/> on the wire.</summary>
internal sealed record ConsoleRecordJson(string? Level, string? Request, string? Message);
