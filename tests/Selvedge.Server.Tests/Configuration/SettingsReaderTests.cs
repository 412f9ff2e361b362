using Microsoft.Extensions.Configuration;
using Selvedge.Server.Configuration;

namespace Selvedge.Server.Tests.Configuration;

public sealed class SettingsReaderTests
{
    [Fact]
    public void Read_KnownKeys_AreConverted()
    {
        var options = Read(
            out var faults,
            ("urls", "http://127.0.0.1:0"),
            ("Limits:ShutdownTimeout", "00:00:05"),
            ("limits:maxRequestBodyBytes", "10"),
            ("Functions:Environment:DATABASE_URL", "postgres://db"),
            ("TrustedProxies", "10.0.0.0/8, ::1")
        );

        Assert.Empty(faults);
        Assert.Equal("http://127.0.0.1:0", options.Urls);
        Assert.Equal(TimeSpan.FromSeconds(5), options.Limits.ShutdownTimeout);
        Assert.Equal(10, options.Limits.MaxRequestBodyBytes);
        Assert.Equal("postgres://db", options.Functions.Environment["DATABASE_URL"]);
        Assert.Equal(["10.0.0.0/8", "::1"], options.TrustedProxies);
    }

    [Fact]
    public void Read_ListByIndex_IsAList()
    {
        var options = Read(out _, ("TrustedProxies:0", "10.0.0.1"), ("TrustedProxies:1", "10.0.0.2"));

        Assert.Equal(["10.0.0.1", "10.0.0.2"], options.TrustedProxies);
    }

    [Fact]
    public void Read_SeveralFaults_ReportsAllWithTheirKeys()
    {
        _ = Read(
            out var faults,
            ("Limits:ShutdownTimeout", "soon"),
            ("limits:maxrequestbodybytes", "many"),
            ("Functions:Nodepth", "node"),
            ("Colour", "red")
        );

        Assert.Equal(
            ["Colour", "Functions:Nodepth", "Limits:MaxRequestBodyBytes", "Limits:ShutdownTimeout"],
            faults.Select(fault => fault.Key).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Validate_EverySetting_ReportsAllFaults()
    {
        var faults = new List<SettingFault>();
        var options = new SelvedgeOptions
        {
            Urls = "https://localhost:1;nonsense",
            Region = "dev1",
            TrustedProxies = ["here"],
            Limits = new()
            {
                MaxRequestBodyBytes = -1,
                MaxRequestHeaderBytes = 0,
                MaxStreamsPerConnection = 0,
            },
            Functions = new()
            {
                IdleTimeout = TimeSpan.FromSeconds(-1),
                MaxInstances = 0,
                MaxQueuedRequests = 0,
                WarmBlanks = -1,
            },
        };

        SettingsValidator.Validate(options, faults);

        Assert.Equal(
            [
                "Functions:IdleTimeout",
                "Functions:MaxInstances",
                "Functions:MaxQueuedRequests",
                "Functions:WarmBlanks",
                "Limits:MaxRequestBodyBytes",
                "Limits:MaxRequestHeaderBytes",
                "Limits:MaxStreamsPerConnection",
                "Region",
                "TrustedProxies:0",
                "Urls",
                "Urls",
            ],
            faults.Select(fault => fault.Key).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Validate_Defaults_AreWithoutFault()
    {
        var faults = new List<SettingFault>();

        SettingsValidator.Validate(new SelvedgeOptions(), faults);

        Assert.Empty(faults);
    }

    private static SelvedgeOptions Read(out List<SettingFault> faults, params (string Key, string Value)[] settings)
    {
        faults = [];
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
        return SettingsReader.Read<SelvedgeOptions>(configuration, faults);
    }
}
