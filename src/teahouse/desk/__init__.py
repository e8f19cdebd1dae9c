"""The customer-service desk: a customer of the engine. The bot is a member, agents are users, tickets are rows."""
