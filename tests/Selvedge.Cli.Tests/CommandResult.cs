using System.Text;

namespace Selvedge.Cli.Tests;

/// <summary>How a command ended, and what it printed.</summary>
internal sealed record CommandResult(int ExitCode, byte[] Bytes, string Error)
{
    /// <summary>Standard output as UTF-8.</summary>
    public string Output => Encoding.UTF8.GetString(Bytes);
}
