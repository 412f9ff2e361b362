namespace Selvedge.Server.Configuration;

/// <summary>Something wrong with a setting.</summary>
/// <param name="Key">The setting: <c>Functions:NodePath</c>.</param>
/// <param name="Message">What is wrong and what to do, one sentence.</param>
public sealed record SettingFault(string Key, string Message);
