namespace Selvedge.Cli.Commands;

/// <summary>Finds tokens that requests present: in a file or the environment, and never in a flag, which other users of the machine see.</summary>
internal static class TokenInput
{
    /// <summary>Reads a token.</summary>
    /// <param name="file">The file that holds it; <see langword="null"/> for the environment.</param>
    /// <param name="option">The option that named the file.</param>
    /// <param name="variable">The environment variable.</param>
    /// <returns>The token, or one sentence about what is wrong with it; neither where nobody named one.</returns>
    public static (string? Token, string? Fault) Read(string? file, string option, string variable)
    {
        if (file is null)
        {
            return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? Check(value, variable) : (null, null);
        }

        try
        {
            return Check(File.ReadAllText(file).Trim(), file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, $"{option}: {exception.Message}");
        }
    }

    private static (string? Token, string? Fault) Check(string token, string source) =>
        token.Length == 0 ? (null, $"{source} holds no token.")
        : token.All(character => character is >= ' ' and <= '~') ? (token, null)
        : (null, $"{source} holds no token that can be sent: only printable ASCII can.");
}
