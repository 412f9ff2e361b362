namespace Selvedge.Routing.Memory;

/// <summary>Writes down which inputs a decision consults, so that it can be remembered under exactly those.</summary>
internal sealed class InputRecorder
{
    // Conditions are few; a decision that consults more is not worth remembering.
    private const int MaxInputs = 32;
    private const int MaxLength = 2048;

    private readonly List<Input> _inputs = [];
    private int _length;

    /// <summary>Whether the decision depends on what cannot be written down: middleware, a timeout, all headers at once.</summary>
    public bool IsSpoilt { get; private set; }

    /// <summary>The inputs, each once.</summary>
    public IReadOnlyList<Input> Inputs => _inputs;

    /// <summary>Says that the decision must not be remembered.</summary>
    public void Spoil() => IsSpoilt = true;

    /// <summary>Writes an input down.</summary>
    public void Add(InputKind kind, string name, string? value)
    {
        foreach (var input in _inputs)
        {
            if (input.Kind == kind && string.Equals(input.Name, name, StringComparison.OrdinalIgnoreCase))
                return;
        }

        _length += name.Length + (value?.Length ?? 0);
        if (_inputs.Count == MaxInputs || _length > MaxLength)
            IsSpoilt = true;
        else
            _inputs.Add(new Input(kind, name, value));
    }
}
