using System.Runtime.CompilerServices;

namespace Selvedge.Cli.Input;

/// <summary>Divides standard input into bodies.</summary>
internal static class InputParts
{
    private const int PartBytes = 1024 * 1024;

    /// <summary>The longest single body; no server is known to take more at once.</summary>
    private const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>
    /// What there is, as soon as it is there: followers of the stream see a line when it is written, and while a body is under way
    /// the next one gathers.
    /// </summary>
    public static async IAsyncEnumerable<InputPart> AsItComesAsync(
        Stream input,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var buffer = new byte[PartBytes];
        while (await input.ReadAsync(buffer, cancellationToken) is var count and > 0)
        {
            yield return InputPart.Of(buffer.AsMemory(0, count));
        }
    }

    /// <summary>Everything at once, as one JSON text has to be.</summary>
    public static async IAsyncEnumerable<InputPart> WholeAsync(
        Stream input,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var whole = new MemoryStream();
        var buffer = new byte[PartBytes];
        while (await input.ReadAsync(buffer, cancellationToken) is var count and > 0)
        {
            if (whole.Length + count > MaxBytes)
            {
                yield return InputPart.Bad(
                    $"Standard input is longer than {MaxBytes} bytes; append it in parts, or with --batch."
                );
                yield break;
            }

            await whole.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        if (whole.Length > 0)
        {
            yield return InputPart.Last(whole.GetBuffer().AsMemory(0, (int)whole.Length));
        }
    }
}
