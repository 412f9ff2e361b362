using System.Text.Json;

namespace Selvedge.Server.Tests.Streams;

/// <summary>What managers of a project see and change of it.</summary>
public sealed class ProjectConfigTests
{
    private const string Target = "/v1/config/shop";

    [Fact]
    public async Task Defect20_Get_ReturnsNoSecret()
    {
        await using var streams = await GuardedStreams.StartAsync();

        var answer = await streams.SendAsync("GET", Target, streams.Token("manage"));

        Assert.Equal((200, "no-store"), (answer.Status, answer["Cache-Control"]));
        Assert.DoesNotContain(GuardedStreams.Secret, answer.Body, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(answer.Body);
        Assert.Equal("shop", json.RootElement.GetProperty("name").GetString());
        Assert.StartsWith(
            "sk_",
            json.RootElement.GetProperty("signingSecrets")[0].GetProperty("id").GetString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("read")]
    [InlineData("write")]
    public async Task Config_WithLessThanManage_IsRefused(string scope)
    {
        await using var streams = await GuardedStreams.StartAsync();

        foreach (var method in (string[])["GET", "PUT"])
        {
            var answer = await streams.SendAsync(method, Target, streams.Token(scope), method is "GET" ? null : "{}");
            Assert.Equal(403, answer.Status);
            Assert.Contains("scope=\"manage\"", answer["WWW-Authenticate"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Put_Secrets_ReplacesThemAndReturnsNone()
    {
        await using var streams = await GuardedStreams.StartAsync();
        var fresh = new string('f', 32);

        var answer = await streams.SendAsync("PUT", Target, streams.Token("manage"), $$"""{"signingSecrets":["{{fresh}}"]}""");

        Assert.Equal(200, answer.Status);
        Assert.DoesNotContain(fresh, answer.Body, StringComparison.Ordinal);
        Assert.Equal(401, (await streams.SendAsync("GET", Target, streams.Token("manage"))).Status);
    }

    [Fact]
    public async Task Put_SomeMembers_LeavesTheOthers()
    {
        await using var streams = await GuardedStreams.StartAsync();

        await streams.SendAsync("PUT", Target, streams.Token("manage"), """{"corsOrigins":["https://app.example"]}""");
        var answer = await streams.SendAsync("PUT", Target, streams.Token("manage"), """{"isPublic":true}""");

        using var json = JsonDocument.Parse(answer.Body);
        Assert.True(json.RootElement.GetProperty("isPublic").GetBoolean());
        Assert.Equal("https://app.example", json.RootElement.GetProperty("corsOrigins")[0].GetString());
    }

    [Theory]
    [InlineData("""{"signingSecrets":[]}""")]
    [InlineData("""{"signingSecrets":["short"]}""")]
    [InlineData("""{"signingSecrets":[null]}""")]
    [InlineData("""{"isPublic":true,"corsOrigins":["nonsense"]}""")]
    [InlineData("""{"isPublic":true,"corsOrigins":[null]}""")]
    [InlineData("""{"isPublic":true,"unknown":1}""")]
    [InlineData("""{"isPublic":false,"isPublic":true}""")]
    [InlineData("""{"isPublic":"true"}""")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{")]
    public async Task Put_WhatIsWrong_ChangesNothing(string body)
    {
        await using var streams = await GuardedStreams.StartAsync();

        var answer = await streams.SendAsync("PUT", Target, streams.Token("manage"), body);

        Assert.Equal(400, answer.Status);
        Assert.False(streams.Projects.Find("shop")!.IsPublic);
    }

    [Fact]
    public async Task Put_TooLong_IsRefused()
    {
        await using var streams = await GuardedStreams.StartAsync();

        Assert.Equal(413, (await streams.SendAsync("PUT", Target, streams.Token("manage"), new string(' ', 70_000))).Status);
    }

    [Fact]
    public async Task Config_OtherMethods_AreRefused()
    {
        await using var streams = await GuardedStreams.StartAsync();

        Assert.Equal(405, (await streams.SendAsync("DELETE", Target, streams.Token("manage"))).Status);
    }
}
