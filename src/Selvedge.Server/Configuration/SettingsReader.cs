using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Selvedge.Server.Configuration;

/// <summary>Fills options from configuration and collects every fault on the way.</summary>
/// <remarks>
/// The framework's binder stops at the first value it cannot convert and passes over keys it does not know; a person who starts
/// a server wants to hear of all of them at once.
/// </remarks>
internal static class SettingsReader
{
    /// <summary>Reads all of <typeparamref name="T"/>; values that cannot be read keep their defaults and leave a fault.</summary>
    public static T Read<T>(IConfiguration configuration, ICollection<SettingFault> faults)
        where T : class, new()
    {
        var options = new T();
        Fill(options, configuration.GetChildren(), path: "", faults);
        return options;
    }

    private static void Fill(
        object options,
        IEnumerable<IConfigurationSection> sections,
        string path,
        ICollection<SettingFault> faults
    )
    {
        var properties = options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance);
        foreach (var section in sections)
        {
            var key = path.Length == 0 ? section.Key : $"{path}:{section.Key}";
            var property = Array.Find(properties, p => p.Name.Equals(section.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null)
            {
                faults.Add(new SettingFault(key, $"There is no such setting. Known here: {Names(properties)}."));
                continue;
            }

            key = path.Length == 0 ? property.Name : $"{path}:{property.Name}";
            if (IsOptions(property.PropertyType))
            {
                Fill(property.GetValue(options)!, section.GetChildren(), key, faults);
            }
            else if (TryConvert(section, property.PropertyType, out var value))
            {
                property.SetValue(options, value);
            }
            else
            {
                faults.Add(new SettingFault(key, $"'{section.Value}' is not {Describe(property.PropertyType)}."));
            }
        }
    }

    private static bool IsOptions(Type type) => type.Assembly == typeof(SelvedgeOptions).Assembly && !type.IsEnum;

    private static bool TryConvert(IConfigurationSection section, Type type, out object? value)
    {
        value = null;
        if (type == typeof(IReadOnlyList<string>))
        {
            value = section.Value is { } list
                ? list.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                : section.GetChildren().Select(child => child.Value ?? "").ToArray();
            return true;
        }

        if (type == typeof(IReadOnlyDictionary<string, string>))
        {
            value = section.GetChildren().ToDictionary(child => child.Key, child => child.Value ?? "", StringComparer.Ordinal);
            return section.Value is null;
        }

        if (section.Value is not { } text)
        {
            return false;
        }

        try
        {
            value = TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
            return true;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static string Names(PropertyInfo[] properties) => string.Join(", ", properties.Select(property => property.Name));

    private static string Describe(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(TimeSpan) ? "a duration (hh:mm:ss)"
            : type == typeof(bool) ? "true or false"
            : type == typeof(int) || type == typeof(long) ? "a whole number"
            : type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type)).ToLowerInvariant()}"
            : "usable here";
    }
}
