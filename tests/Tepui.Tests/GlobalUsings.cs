global using Tepui.Rest;
