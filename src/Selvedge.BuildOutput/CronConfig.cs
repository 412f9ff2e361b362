namespace Selvedge.BuildOutput;

/// <summary>A request that the server makes to itself on a schedule.</summary>
/// <param name="Path">The path, beginning with <c>/</c>.</param>
/// <param name="Schedule">A cron expression of five fields, in UTC, as written.</param>
public sealed record CronConfig(string Path, string Schedule);
